package helpdesk

// The subjects of FeedbackData.
const (
	aboutCategory = "category"
	aboutPriority = "priority"
	aboutResponse = "response"
)

// judgeCategory records a person's judgement of the category beside the classifier's answer. With
// resolved it judges the category at the resolution: then one that nobody has changed is right,
// too.
func (x *draft) judgeCategory(resolved bool) {
	if x.t.CategoryBy == ByPerson || (x.t.CategoryBy == ByModel && resolved) {
		s := x.suggested()
		x.judge(string(s.Category), string(x.t.Category), FeedbackData{Classifier: s.Classifier, Field: aboutCategory, Confidence: s.Confidence, Resolved: resolved})
	}
}

// judgePriority is judgeCategory for the priority. A priority that a rule or an SLA has raised
// judges no answer.
func (x *draft) judgePriority(resolved bool) {
	s := x.suggested()
	if kept := resolved && x.t.PriorityBy == ByModel && x.t.Priority == s.Priority; kept || x.t.PriorityBy == ByPerson {
		said := ""
		if s.Priority != 0 {
			said = s.Priority.String()
		}
		x.judge(said, x.t.Priority.String(), FeedbackData{Classifier: s.Classifier, Field: aboutPriority, Confidence: s.Confidence, Resolved: resolved})
	}
}

// suggested returns a classifier's proposal for the ticket. It may be empty: a shadow has answered
// all the same.
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
