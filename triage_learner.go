package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
)

// Learner is a Classifier that learns from the decisions of a tenant's people. The desk keeps its
// models with the tenant's settings, and lets it learn again as more tickets are resolved.
type Learner interface {
	Classifier

	// Learn returns a model that is better for the tickets than the known one, and by how much, in
	// words for the record; or nil to keep that one. known is nil when there is none yet. The
	// tickets are resolved or closed, latest first, with the category and priority that people
	// chose or left standing. Learn is called outside of any transaction and may take two minutes.
	Learn(ctx context.Context, known []byte, tickets []*Ticket) (model []byte, why string, err error)

	// Load makes later answers for a tenant use a model that Learn returned; nil goes back to none.
	// It is called before the tenant's tickets are classified, unless Loaded is the version in use.
	Load(tenant TenantID, version int64, model []byte) error

	// Loaded returns the version of the last Load for a tenant. It is 0 for none, and when the
	// Learner has dropped that model to save memory.
	Loaded(tenant TenantID) int64
}

// ModelKey is the key of the setting of kind [SettingModel] with a tenant's last [Lesson]. The
// models themselves are under modelBytes, so that a check for a newer one is cheap. The last two
// are kept.
const (
	ModelKey   = "triage"
	modelBytes = ModelKey + "/bytes"
)

// Lesson is the value of the setting under [ModelKey].
type Lesson struct {
	Tickets int    `json:"tickets"` // number of tickets learnt from
	Why     string `json:"why"`     // the Learner's reason
	Model   int64  `json:"model"`   // the version of the model in use; 0 for none
}

// Learning starts at learnFrom resolved tickets and repeats after 20% more, from the latest
// learnMost.
const (
	learnFrom  = 50
	learnMore  = 1.2
	learnMost  = 20_000
	learnDelay = 10 * time.Minute // after a resolution, so that several make one lesson
)

// learnTask makes the tenant's Learner learn from resolved tickets. Its key is the day: at most
// once a day.
func (d *Desk) learnTask() Task {
	now := d.now()
	return Task{Tenant: d.tenant, Kind: taskLearn, Key: now.Format(time.DateOnly), DueAt: now.Add(learnDelay)}
}

// Learn lets [Config.Learner] learn from the tenant's resolved tickets now, which Tick does by
// itself once a day when there are enough new ones. It reports whether there is a better model than
// before. It is for admins and the host.
func (d *Desk) Learn(ctx context.Context) (better bool, err error) {
	const op = "learn"
	by, err := d.admin(ctx)
	if err == nil && d.cfg.Learner == nil {
		err = fmt.Errorf("%w: Config has no Learner", ErrInvalid)
	}
	if err != nil {
		return false, d.fail(op, "", err)
	}
	better, err = d.learn(ctx, by, true)
	return better, d.fail(op, "", err)
}

func (d *Desk) learn(ctx context.Context, by Actor, now bool) (better bool, err error) {
	version, last, err := d.lesson(ctx)
	if err != nil {
		return false, err
	}
	tickets, err := d.lessons(ctx)
	if err != nil {
		return false, err
	}
	if n := len(tickets); !now && (n < learnFrom || (float64(n) < learnMore*float64(last.Tickets) && n < learnMost)) {
		return false, nil
	}
	known, err := d.model(ctx, last.Model)
	if err != nil {
		return false, err
	}
	var model []byte
	next := Lesson{Tickets: len(tickets), Model: last.Model}
	err = bounded.Safely(func() (err error) {
		model, next.Why, err = d.cfg.Learner.Learn(ctx, known, tickets)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("learner: %w", err)
	}
	c := &Change{Tenant: d.tenant}
	add := func(key string, version, purge int64, value any) error {
		text, err := json.Marshal(value)
		c.Settings = append(c.Settings, Setting{Kind: SettingModel, Key: key, Version: version, Value: text, Purge: purge, By: by, At: d.now()})
		return err
	}
	if model != nil {
		next.Model++
		err = add(modelBytes, last.Model, last.Model, model) // the one before stays: another process may be about to load it
	}
	next.Why = clipTo(cleanText(next.Why), 1000)
	if err = errors.Join(err, add(ModelKey, version, 0, next)); err == nil {
		err = d.commit(ctx, c) // a conflict says that another process has just learnt
	}
	d.models.Delete(d.tenant)
	d.cfg.Logger.InfoContext(ctx, "helpdesk: learnt", "tenant", d.tenant, "tickets", len(tickets), "better", model != nil, "why", next.Why)
	return model != nil && err == nil, err
}

// learnOnce does a learn task.
func (d *Desk) learnOnce(ctx context.Context, task *Task) error {
	if d.cfg.Learner != nil {
		if _, err := d.learn(ctx, Actor{}, false); err != nil && !errors.Is(err, ErrConflict) {
			return err
		}
	}
	return d.commit(ctx, &Change{Tenant: d.tenant, Done: []Task{*task}})
}

// lesson reads the last lesson and the version of that setting; both are zero when there is none.
func (d *Desk) lesson(ctx context.Context) (version int64, l Lesson, err error) {
	latest, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: SettingModel, Key: ModelKey, Limit: 1})
	if err != nil || len(latest) == 0 {
		return 0, l, err
	}
	return latest[0].Version, l, json.Unmarshal(latest[0].Value, &l)
}

// model reads a version of the tenant's model; nil for 0.
func (d *Desk) model(ctx context.Context, version int64) (model []byte, err error) {
	if version == 0 {
		return nil, nil
	}
	latest, err := d.store.Settings(ctx, SettingQuery{Tenant: d.tenant, Kind: SettingModel, Key: modelBytes, Below: version + 1, Limit: 1})
	switch {
	case err != nil:
		return nil, err
	case len(latest) == 0 || latest[0].Version != version || string(latest[0].Value) == "null":
		return nil, fmt.Errorf("version %d of the learnt model: %w", version, ErrNotFound)
	}
	return model, json.Unmarshal(latest[0].Value, &model)
}

// lessons returns the resolved tickets whose category people chose or left standing, latest first.
func (d *Desk) lessons(ctx context.Context) (tickets []*Ticket, err error) {
	for t, err := range allTickets(ctx, d.store, Query{Tenant: d.tenant, Status: []Status{StatusResolved, StatusClosed}, Order: Newest}) {
		if err != nil {
			return nil, err
		}
		if t.Category != "" && t.CategoryBy != ByRule && t.MergedInto == "" && !t.ResolvedAt.IsZero() {
			tickets = append(tickets, t)
		}
		if len(tickets) == learnMost {
			break
		}
	}
	return tickets, nil
}

// refresh makes the Learner load the tenant's model, unless it has that one.
func (d *Desk) refresh(ctx context.Context) error {
	if d.cfg.Learner == nil {
		return nil
	}
	version, known := d.models.Get(d.tenant, d.now())
	if !known {
		_, l, err := d.lesson(ctx)
		if err != nil {
			return err
		}
		version = l.Model
	}
	if d.cfg.Learner.Loaded(d.tenant) != version {
		model, err := d.model(ctx, version)
		if err == nil {
			err = bounded.Safely(func() error { return d.cfg.Learner.Load(d.tenant, version, model) })
		}
		if err != nil {
			return fmt.Errorf("load model %d: %w", version, err)
		}
	}
	if !known {
		d.models.Put(d.tenant, version, 0, d.now())
	}
	return nil
}
