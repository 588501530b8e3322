// Package learned is a text classifier trained on a desk's own tickets, in pure Go. It needs no
// network and no downloaded model, and nothing leaves the process.
//
//	m, err := learned.Train(ctx, examples, nil)
//	desk, err := helpdesk.New(store, &helpdesk.Config{Classifier: m})
//
// A [Model] has a head for the category, one for the priority and one for tags. Each is a set of
// linear support vector machines, one per label against the rest, on words, pairs of words and
// pieces of words of 3 to 5 characters. The pieces let it recognise "passwrd" and a German
// compound. The weight of a term grows with its frequency in the text, with its rarity, and with
// its information about the label. The outputs of the machines become probabilities by a fit to
// texts that they were not trained on: of the answers with a confidence of 0.8, eight in ten are
// right, as long as new tickets are like the old ones.
//
// A Model answers [helpdesk.ErrAbstain] when it is not sure enough, and when a text has far more
// unknown words than the training texts had: another language, another subject, noise.
//
// The same examples, in any order, and the same Config give the same Model, byte for byte, on the
// same kind of processor. On another kind the last digits of floating point may differ.
package learned
