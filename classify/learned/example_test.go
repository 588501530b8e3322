package learned_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/learned"
)

func ExampleTrain() {
	ctx := context.Background()
	var examples []learned.Example
	for i, text := range []string{
		"I was charged twice for the invoice", "please refund the payment", "the invoice has the wrong amount",
		"your payment page took my money twice", "refund for the last invoice, please",
		"I cannot log in with my password", "reset my password please", "login fails after the password reset",
		"the account is locked after login", "two-factor login does not accept my code",
	} {
		category := helpdesk.Billing
		if i >= 5 {
			category = helpdesk.Account
		}
		examples = append(examples, learned.Example{Text: text, Category: category})
	}
	m, err := learned.Train(ctx, examples, nil)
	if err != nil {
		panic(err)
	}

	var file bytes.Buffer // for example in a table of the host
	if _, err := m.WriteTo(&file); err != nil {
		panic(err)
	}
	if m, err = learned.Read(&file); err != nil {
		panic(err)
	}

	for _, text := range []string{"Refund the second payment of this invoice", "Der Drucker streikt schon wieder"} {
		c, err := m.Classify(ctx, &helpdesk.ClassifyRequest{Text: text, Categories: helpdesk.DefaultCategories()})
		switch {
		case errors.Is(err, helpdesk.ErrAbstain):
			fmt.Println(err)
		case err != nil:
			panic(err)
		default:
			fmt.Println(c.Category, c.Confidence > 0.6)
		}
	}
	// Output:
	// billing true
	// classifier abstains: the text is unlike the training texts
}
