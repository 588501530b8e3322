package helpdesk

// What FeedbackData is about.
const (
	aboutCategory = "category"
	aboutPriority = "priority"
)

// judgeCategory records what a person says of the category, beside what the classifier had said. With resolved it is
// what stood when the ticket was resolved: then what a classifier set and nobody changed is right, too.
func (x *draft) judgeCategory(resolved bool) {
	if x.t.CategoryBy == ByPerson || (x.t.CategoryBy == ByModel && resolved) {
		s := x.suggested()
		x.judge(string(s.Category), string(x.t.Category), FeedbackData{s.Classifier, aboutCategory, s.Confidence, resolved})
	}
}

// judgePriority is judgeCategory for the priority. One that a floor or a promise has raised says nothing of the answer.
func (x *draft) judgePriority(resolved bool) {
	s := x.suggested()
	if kept := resolved && x.t.PriorityBy == ByModel && x.t.Priority == s.Priority; kept || x.t.PriorityBy == ByPerson {
		said := ""
		if s.Priority != 0 {
			said = s.Priority.String()
		}
		x.judge(said, x.t.Priority.String(), FeedbackData{s.Classifier, aboutPriority, s.Confidence, resolved})
	}
}

// suggested returns what a classifier said of the ticket, which may be nothing: a shadow has said something all the same.
func (x *draft) suggested() Suggestion {
	if x.t.Suggestion == nil {
		return Suggestion{}
	}
	return *x.t.Suggestion
}

func (x *draft) judge(said, right string, data FeedbackData) {
	if x.cfg.Classifier != nil || x.cfg.Shadow != nil {
		x.event(EventFeedback, said, right, data)
	}
}
