package bunstore

import (
	"reflect"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// rowStatement is SQL for the rows of one kind: one step of a commit.
type rowStatement struct {
	sql    string          // "?" stands for the rows
	fields []*schema.Field // the columns of the rows
	state  state           // its meaning when it touches fewer or more rows than it gets; empty when any number will do
	unique bool            // an INSERT that touches fewer rows only because of a unique key
	reads  bool            // a SELECT

	one, many forPgx
	formats   []int16 // of the arguments of one
}

// statements are the statements of a commit. A statement that a database does not need is nil.
type statements struct {
	useOnce, addTickets, updateTickets, rewriteTickets, findTickets *rowStatement
	dropClocks, addClocks, putClocks                                *rowStatement
	addMessages, addPlainMessages, rewriteMessages, rewriteEvents   *rowStatement
	addWords, growWords, putWords, indexWords, listWords            *rowStatement
	putMail, addEvents                                              *rowStatement
	putSettings, addSettings, purgeSettings                         *rowStatement
	endTasks, moveTasks, dropTasks, putTasks                        *rowStatement
	addLoads                                                        *rowStatement
	people                                                          peopleStatements
	notices                                                         noticeStatements
	addArchived                                                     *rowStatement // of no commit: see archive.go
}

// stateColumns are the columns that a later Change of a ticket writes.
var stateColumns = []string{
	"subject", "customer_name", "customer_email", "customer_tags", "customer_id", "organisation_id", "cc", "cc_names", "followers", "links", "reply_to", "unverified", "source", "language", "tags", "status", "open", "category", "priority", "urgency", "category_by",
	"priority_by", "floor", "suggestion", "needs_review", "assignee", "declined", "queued_at", "taken_back", "escalation_level",
	"due_at", "first_due", "updated_at", "public_at", "triaged_at",
	"assigned_at", "begun_at", "first_reply_at", "told_at", "resolved_at", "closed_at", "resolution", "reopened", "merged_into", "links_ended", "rating",
	"replies", "score", "tally", "first_open", "resolution_open",
}

// taskColumns are the columns of a Task beside its key.
var taskColumns = []string{"ticket_id", "due_at", "payload", "attempts", "error", "dead"}

// statementsOn makes the statements of a database. Each can be pasted into psql, or sqlite3, with
// VALUES in the place of its rows.
func statementsOn(db *bun.DB, d dialect) *statements {
	w := &writer{db: db}
	state := stateColumns
	var unindexed []string // columns that only PostgreSQL has
	if d == postgres {
		state = append(slices.Clone(state), "tag_keys", "cc_keys")
	} else {
		unindexed = []string{"tag_keys", "cc_keys"}
	}
	message := append([]string{"kind", "by_role", "by_id", "by_name", "body", "at"}, rarely...)
	event := []string{"type", "by_role", "by_id", "by_name", "old", "new", "data", "at", "move"}
	all := &statements{
		useOnce:          w.insert(onceRow{}, nil, "").refuses(onceUsed),
		addTickets:       w.insert(ticketRow{}, unindexed, "").refuses(notAdded),
		updateTickets:    w.update(ticketUpdate{}, "t", "tenant_id, id, version", "version = v.version + 1", state).expects(staleVersion),
		rewriteTickets:   w.update(ticketRewrite{}, "t", "tenant_id, id, version", "version = v.version + 1", append([]string{"description"}, state...)).expects(staleVersion),
		findTickets:      w.with(ticketKeyRow{}, "tenant_id, id", "SELECT 1 FROM v JOIN helpdesk_tickets AS t ON t.tenant_id = v.tenant_id AND t.id = v.id").expects(notKnown),
		dropClocks:       w.with(ticketClocks{}, "tenant_id, ticket_id, kept", d.dropClocks()),
		addClocks:        w.insert(clockRow{}, nil, ""),
		putClocks:        w.putClocks(),
		addMessages:      w.insert(messageRow{}, nil, ""),
		addPlainMessages: w.insert(messageRow{}, rarely, ""),
		rewriteMessages:  w.update(messageRow{}, "m", "tenant_id, id, ticket_id", "", message).expects(notKnown),
		rewriteEvents:    w.update(eventRow{}, "e", "tenant_id, id, ticket_id", "", event).expects(notKnown),
		putMail: w.insert(mailRow{}, nil, "\nON CONFLICT (tenant_id, id) DO UPDATE SET "+assign([]string{
			"message_id", "address", "subject", "outcome", "reason", "notice", "sender", "answers", "ticket_id", "message", "at", "content", "attachments", "raw",
		}, "excluded")),
		addEvents:   w.insert(eventRow{}, nil, ""),
		addArchived: w.insert(archivedRow{}, nil, ""),
		// The first of several versions follows a stored one. The primary key refuses a version
		// that exists already.
		putSettings: w.with(settingRow{}, "tenant_id, kind, key, version, value, deleted, by_role, by_id, by_name, at", `INSERT INTO helpdesk_settings
(tenant_id, kind, key, version, value, deleted, by_role, by_id, by_name, at)
SELECT tenant_id, kind, key, version, value, deleted, by_role, by_id, by_name, at FROM v
WHERE v.version = 1 OR EXISTS (SELECT 1 FROM helpdesk_settings AS g WHERE g.tenant_id = v.tenant_id
AND g.kind = v.kind AND g.key = v.key AND g.version = v.version - 1)
ON CONFLICT DO NOTHING`).expects(staleSetting),
		addSettings: w.insert(settingRow{}, nil, "").refuses(staleSetting),
		purgeSettings: w.with(settingRow{}, "tenant_id, kind, key, version", `UPDATE helpdesk_settings AS g SET value = 'null' FROM v
WHERE g.tenant_id = v.tenant_id AND g.kind = v.kind AND g.key = v.key AND g.version < v.version
AND CAST(g.value AS text) IS DISTINCT FROM 'null'`),
		endTasks:  w.with(taskRow{}, "tenant_id, kind, key, token", `DELETE FROM helpdesk_tasks WHERE (tenant_id, kind, key, token) IN (SELECT tenant_id, kind, key, token FROM v)`).expects(leaseLost),
		moveTasks: w.update(taskRow{}, "k", "tenant_id, kind, key, token", "token = CASE WHEN v.dead THEN v.token ELSE 0 END, leased_until = NULL", taskColumns).expects(leaseLost),
		dropTasks: w.with(taskRow{}, "tenant_id, kind, key", `DELETE FROM helpdesk_tasks WHERE (tenant_id, kind, key) IN (SELECT tenant_id, kind, key FROM v)`),
		putTasks: w.insert(taskRow{}, nil, "\nON CONFLICT (tenant_id, kind, key) DO UPDATE SET "+assign(taskColumns, "excluded")+
			", token = 0, leased_until = NULL"),
		// The room stands in the row since ON CONFLICT sees nothing else.
		addLoads: w.with(loadRow{}, "tenant_id, agent, open, room", `INSERT INTO helpdesk_loads AS l (tenant_id, agent, open, room)
SELECT tenant_id, agent, open, room FROM v WHERE room >= 0
ON CONFLICT (tenant_id, agent) DO UPDATE SET open = l.open + excluded.open, room = excluded.room
WHERE l.open <= excluded.room`).expects(noRoom),
	}
	all.findTickets.reads = true
	all.people, all.notices = d.peopleStatements(w), noticeStatementsOn(w)
	w.words(all, d)
	if d == postgres {
		for _, st := range w.all {
			st.prepare()
		}
	}
	return all
}

// writer makes statements, and remembers them.
type writer struct {
	db  *bun.DB
	all []*rowStatement
}

func (w *writer) statement(sql string) *rowStatement {
	st := &rowStatement{sql: sql}
	w.all = append(w.all, st)
	return st
}

// insert is INSERT INTO the table of a model the rows, without some columns, and the rest of the
// statement.
func (w *writer) insert(model any, without []string, rest string) *rowStatement {
	table := w.db.Table(reflect.TypeOf(model))
	st := w.statement("")
	var columns []string
	for _, f := range table.Fields {
		if !slices.Contains(without, f.Name) && !f.Tag.HasOption("scanonly") {
			st.fields, columns = append(st.fields, f), append(columns, f.Name)
		}
	}
	st.sql = "INSERT INTO " + string(table.SQLName) + " AS " + string(table.SQLAlias) + " (" + names(columns) + ") ?" + rest
	return st
}

// with is a statement in which v is the rows with some columns of a model.
func (w *writer) with(model any, columns, sql string) *rowStatement {
	table := w.db.Table(reflect.TypeOf(model))
	st := w.statement("WITH v (" + columns + ") AS (?)\n" + sql)
	for _, name := range strings.Split(columns, ", ") {
		st.fields = append(st.fields, table.FieldMap[strings.Trim(name, `"`)])
	}
	return st
}

// update sets columns of the rows that have the same key, and more.
func (w *writer) update(model any, alias, key, more string, columns []string) *rowStatement {
	var same []string
	for _, name := range strings.Split(key, ", ") {
		same = append(same, alias+"."+name+" = v."+name)
	}
	set := assign(columns, "v")
	if more != "" {
		set += ", " + more
	}
	table := w.db.Table(reflect.TypeOf(model))
	return w.with(model, key+", "+names(columns), "UPDATE "+string(table.SQLName)+" AS "+alias+" SET "+set+" FROM v WHERE "+strings.Join(same, " AND "))
}

// putClocks adds and replaces clocks. It leaves rows alone that are the same already.
func (w *writer) putClocks() *rowStatement {
	state := append([]string{"position"}, clockState...)
	same := make([]string, len(state))
	for i, c := range state {
		same[i] = "s." + c + " IS NOT DISTINCT FROM v." + c
	}
	columns := "tenant_id, ticket_id, metric, instance, " + strings.Join(state, ", ")
	return w.with(clockRow{}, columns, "INSERT INTO helpdesk_clocks AS c ("+columns+")\nSELECT "+columns+` FROM v
WHERE NOT EXISTS (SELECT 1 FROM helpdesk_clocks AS s WHERE s.tenant_id = v.tenant_id AND s.ticket_id = v.ticket_id
AND s.metric = v.metric AND s.instance = v.instance AND `+strings.Join(same, " AND ")+`)
ON CONFLICT (tenant_id, ticket_id, metric, instance) DO UPDATE SET `+assign(state, "excluded"))
}

// expects says what it means when another number of rows is touched.
func (st *rowStatement) expects(s state) *rowStatement {
	st.state = s
	return st
}

// refuses says what it means when a unique key refuses a row.
func (st *rowStatement) refuses(s state) *rowStatement {
	st.state, st.unique = s, true
	return st
}

// assign is the list "c = from.c, ..." of an UPDATE.
func assign(columns []string, from string) string {
	set := make([]string, len(columns))
	for i, c := range columns {
		set[i] = c + " = " + from + "." + c
	}
	return strings.Join(set, ", ")
}

// names is a list of columns.
func names(columns []string) string { return `"` + strings.Join(columns, `", "`) + `"` }
