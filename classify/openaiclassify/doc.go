// Package openaiclassify asks OpenAI, or any server that speaks its chat completions
// protocol, what a ticket is about.
//
//	model, err := openaiclassify.New(os.Getenv("OPENAI_API_KEY"), nil)
//	...
//	classifier, err := classify.NewLimit(model, nil)
//	...
//	desk, err := helpdesk.New(store, &helpdesk.Config{Classifier: classifier, Floors: classify.PriorityRules()})
//
// A [Classifier] makes one call and says how it went wrong by a *classify.Failure. Trying again, how many calls at once, and
// leaving a model alone that refuses are the affair of classify.Limit; what may be spent is that of
// classify.Budget, and who is asked instead that of classify.Chain. Alone, a Classifier leaves
// all trying again to the Desk.
//
// The words of a ticket are written by strangers, so the model gets them as data: a
// user message that holds a JSON string marked as untrusted, a second one with the resolved tickets of
// ClassifyRequest.Similar, beside a system message with the task and the closed list of categories, and no
// tools. Its answer has to fit a strict JSON schema and is checked again here: see [Classifier.Classify]. What leaves the
// process is the subject and the first 6,000 characters of the text, and parts of the resolved tickets, as they are: nothing is redacted here.
//
// An [Embedder] makes vectors of texts by the same protocol.
package openaiclassify
