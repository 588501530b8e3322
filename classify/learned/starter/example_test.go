package starter_test

import (
	"context"
	"fmt"
	"log"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/learned/starter"
)

// The model is a helpdesk.Classifier for helpdesk.Config.Classifier. It needs no network.
func ExampleModel() {
	for _, text := range []string{"Please refund the second payment of my invoice.", "I forgot my password and cannot log in."} {
		c, err := starter.Model().Classify(context.Background(), &helpdesk.ClassifyRequest{
			Text: text, Categories: helpdesk.DefaultCategories(),
		})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(c.Category)
	}
	// Output:
	// billing
	// account
}
