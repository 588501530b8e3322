// Package learned is a text classifier trained from a desk's own tickets, in Go alone: no network, no model to
// download, nothing leaves the process.
//
//	m, err := learned.Train(ctx, examples, nil)
//	desk, err := helpdesk.New(store, &helpdesk.Config{Classifier: m})
//
// A [Model] has a head for the category, one for the priority and one for tags. Each is a set of linear
// support vector machines, one per label against the rest, on words, pairs of words and the pieces of 3 to 5
// characters of words, so that it knows "passwrd" and a German compound by their parts. Terms are weighted by
// how often they stand in the text, how rare they are, and how much they say about the label. What the
// machines say is turned into probabilities that were fitted to texts they had not been trained on: of the
// answers given with a confidence of 0.8, eight in ten are right, as long as new tickets are like the old ones.
//
// A Model answers [helpdesk.ErrAbstain] when it is not sure enough, and when a text has far more
// unknown words than those it learnt from had: another language, another subject, noise.
//
// The same examples, in any order, and the same Config give the same Model, byte for byte, on the same
// kind of processor. On another kind the last digits of floating point may differ.
package learned
