package openaiclassify_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
)

// Any server with the chat completions protocol works; this one always gives the same answer.
func ExampleNew() {
	model := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{
			"finish_reason": "stop",
			"message": map[string]any{"role": "assistant", "content": `{"category":"billing","priority":"high","tags":["refund"],
				"suggested_response":"Thank you for writing. Which order is it about?","confidence":0.9,"suspicious":false}`},
		}}})
	}))
	defer model.Close()

	classifier, err := openaiclassify.New("", &openaiclassify.Config{BaseURL: model.URL + "/v1", Model: "small"})
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := classifier.Classify(context.Background(), &helpdesk.ClassifyRequest{
		Subject: "Charged twice", Text: "I want my money back.", Categories: helpdesk.DefaultCategories(),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Classifier, "says", c.Category, c.Priority, c.Tags)
	// Output: openai/small/p2 says billing high [refund]
}
