// Package openaiclassify classifies tickets by OpenAI, or by any server with its chat completions
// protocol.
//
//	model, err := openaiclassify.New(os.Getenv("OPENAI_API_KEY"), nil)
//	...
//	classifier, err := classify.NewLimit(model, nil)
//	...
//	desk, err := helpdesk.New(store, &helpdesk.Config{
//		Classifier:    classifier,
//		PriorityRules: classify.PriorityRules(),
//	})
//
// A [Classifier] makes one call and reports a failure by a *classify.Failure. Put wrappers around
// it: classify.Limit retries, limits the calls at once and stops calling a model that refuses;
// classify.Budget limits the cost; classify.Chain asks another classifier. Without them the Desk
// does all retries.
//
// Strangers write the text of a ticket, so the model gets it as data. A user message holds a JSON
// string marked as untrusted, and a second one holds the resolved tickets of
// ClassifyRequest.Similar. A system message holds the task and the closed list of categories. There
// are no tools. The answer has to fit a strict JSON schema and is checked again here: see
// [Classifier.Classify]. The subject and the first 6,000 characters of the text leave the process,
// and parts of the resolved tickets, all unchanged: this package redacts nothing.
//
// An [Embedder] makes vectors of texts by the same protocol.
package openaiclassify
