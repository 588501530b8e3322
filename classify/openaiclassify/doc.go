// Package openaiclassify asks OpenAI, or any server that speaks its chat completions
// protocol, what a ticket is about.
//
//	classifier, err := openaiclassify.New(os.Getenv("OPENAI_API_KEY"), nil)
//	...
//	desk, err := helpdesk.New(store, &helpdesk.Config{Classifier: classifier, Floors: classify.Floors()})
//
// The words of a ticket are written by strangers, so the model gets them as data: one
// user message that holds a JSON string marked as untrusted, beside a system message with the
// task and the closed list of categories, and no tools. Its answer has to fit a strict JSON
// schema and is checked again here: see [Classifier.Classify]. What leaves the process is the
// subject and at most 6,000 characters of the text, as they are: nothing is redacted here.
//
// # When the model cannot be reached
//
// A failure that may pass is tried again at once, twice by default, after a random wait or the one
// the server asked for; all tries together end after 20 seconds. An answer that is not the JSON asked
// for, or is cut off, is tried again once. A refused key, a spent quota or a refused request is not.
// The error is then the Desk's to handle: the ticket keeps what rules found, and the Desk
// asks again later.
package openaiclassify
