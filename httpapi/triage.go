package httpapi

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk/report"
)

func (h *Handler) readPriorityRules(ctx context.Context, c *call, _ *struct{}) (*documentOutput, error) {
	return output(c.desk.PriorityRules(ctx))
}

func (h *Handler) savePriorityRules(ctx context.Context, c *call, in *documentInput) (*documentOutput, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	value, err := in.value()
	if err != nil {
		return nil, err
	}
	return output(d.SavePriorityRules(ctx, value))
}

func (h *Handler) removePriorityRules(ctx context.Context, c *call, in *removeInput) (*struct{}, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	_, err = d.SavePriorityRules(ctx, nil)
	return nil, err
}

// Triage tells how good the classifiers were at what they were asked in a period, as of now.
type Triage struct {
	From        time.Time    `json:"from"`
	To          time.Time    `json:"to"`
	Tickets     int          `json:"tickets" doc:"About which a classifier was asked"`
	Classifiers []Classifier `json:"classifiers" nullable:"false" doc:"The live ones first, then the shadows"`
}

// Classifier is about one classifier in one version.
type Classifier struct {
	Name        string           `json:"classifier" doc:"Empty for attempts that failed before it said its name"`
	Shadow      bool             `json:"shadow" doc:"Asked beside the live one, without a say"`
	Asked       int              `json:"asked"`
	Answered    int              `json:"answered"`
	Abstained   int              `json:"abstained"`
	Failed      int              `json:"failed"`
	Hostile     int              `json:"hostile" doc:"Of the failed, those that smelt of an attack"`
	Applied     int              `json:"applied" doc:"Answers whose category became the ticket's"`
	Overrides   int              `json:"overrides" doc:"Answers whose priority a floor has raised"`
	Category    Agreement        `json:"category"`
	Priority    Agreement        `json:"priority"`
	Confusion   []Confusion      `json:"confusion" nullable:"false" doc:"Most frequent first"`
	Reliability []CalibrationBin `json:"reliability" nullable:"false"`
	ECE         *float64         `json:"ece" doc:"Expected calibration error"`
	TokensIn    int              `json:"tokens_in"`
	TokensOut   int              `json:"tokens_out"`
	Cost        float64          `json:"cost_usd"`
	Latency     Milliseconds     `json:"latency"`
}

// Agreement counts the answers that people have judged.
type Agreement struct {
	Judged int      `json:"judged"`
	Right  int      `json:"right"`
	Rate   *float64 `json:"rate" doc:"From 0 to 1"`
}

// Confusion counts answers of one category to tickets that people put in another, or the same.
type Confusion struct {
	Answer string `json:"answer"`
	Right  string `json:"right"`
	N      int    `json:"n"`
}

// CalibrationBin sums up the judged answers with a range of confidence.
type CalibrationBin struct {
	From       float64 `json:"from"`
	To         float64 `json:"to"`
	N          int     `json:"n"`
	Confidence float64 `json:"confidence" doc:"Their mean"`
	Accuracy   float64 `json:"accuracy"`
}

// Milliseconds sums up how long something took.
type Milliseconds struct {
	N    int     `json:"n"`
	Mean float64 `json:"mean_ms"`
	P50  float64 `json:"p50_ms"`
	P90  float64 `json:"p90_ms"`
}

type triageOutput struct{ Body Triage }

func (h *Handler) triageReport(ctx context.Context, c *call, in *PeriodParams) (*triageOutput, error) {
	p, _, err := h.period(in)
	if err != nil {
		return nil, err
	}
	r, err := report.New(c.desk).Triage(ctx, p)
	if err != nil {
		return nil, err
	}
	w := Triage{From: r.Period.From, To: r.Period.To, Tickets: r.Tickets, Classifiers: []Classifier{}}
	for i := range r.Classifiers {
		w.Classifiers = append(w.Classifiers, classifierOf(&r.Classifiers[i]))
	}
	return &triageOutput{w}, nil
}

func classifierOf(r *report.ClassifierResult) Classifier {
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	agreement := func(a report.Agreement) Agreement { return Agreement{a.Judged, a.Right, a.Rate()} }
	w := Classifier{
		Name: r.Classifier, Shadow: r.Shadow, Asked: r.Asked, Answered: r.Answered, Abstained: r.Abstained, Failed: r.Failed, Hostile: r.Hostile,
		Applied: r.Applied, Overrides: r.Overrides, Category: agreement(r.Category), Priority: agreement(r.Priority),
		Confusion: []Confusion{}, Reliability: []CalibrationBin{}, ECE: r.ECE, TokensIn: r.TokensIn, TokensOut: r.TokensOut, Cost: float64(r.Cost) / 1e9,
		Latency: Milliseconds{r.Latency.N, ms(r.Latency.Mean), ms(r.Latency.P50), ms(r.Latency.P90)},
	}
	for _, c := range r.Confusion {
		w.Confusion = append(w.Confusion, Confusion{string(c.Answer), string(c.Right), c.N})
	}
	for _, b := range r.Reliability {
		w.Reliability = append(w.Reliability, CalibrationBin(b))
	}
	return w
}

// Solved is a resolved ticket that is like another.
type Solved struct {
	ID         string  `json:"id"`
	Ref        string  `json:"ref"`
	Subject    string  `json:"subject"`
	Text       string  `json:"description"`
	Resolution string  `json:"resolution"`
	Fit        float64 `json:"fit" doc:"The share, from 0 to 1, of what the ticket says that this one says too"`

	Contradicts bool `json:"contradicts" doc:"Another ticket of this list is nearly equal and has another resolution"`
}

type similarInput struct {
	ID    string `path:"id" doc:"Id or reference"`
	Limit int    `query:"limit" minimum:"1" maximum:"50" default:"3" doc:"At most so many"`
}

type similarOutput struct {
	Body struct {
		Tickets []Solved `json:"tickets" nullable:"false" doc:"Best first"`
	}
}

func (h *Handler) similar(ctx context.Context, c *call, in *similarInput) (*similarOutput, error) {
	id, err := c.find(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	like, err := c.desk.Similar(ctx, id, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &similarOutput{}
	out.Body.Tickets = []Solved{}
	for _, s := range like {
		out.Body.Tickets = append(out.Body.Tickets, Solved{string(s.Ticket), s.Ref, s.Subject, s.Text, s.Resolution, s.Fit, s.Contradicts})
	}
	return out, nil
}
