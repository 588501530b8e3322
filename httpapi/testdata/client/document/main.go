// The program document writes the OpenAPI document that a handler serves.
package main

import (
	"log"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/httpapi"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

func main() {
	desk, err := helpdesk.New(memstore.New(), nil)
	if err != nil {
		log.Fatal(err)
	}
	api, err := httpapi.New(desk, &httpapi.Config{Actor: func(*http.Request) (helpdesk.Actor, error) {
		return helpdesk.Actor{}, nil
	}})
	if err != nil {
		log.Fatal(err)
	}
	answer := httptest.NewRecorder()
	api.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/openapi-3.0.json", nil))
	if answer.Code != http.StatusOK {
		log.Fatal(answer.Code, answer.Body)
	}
	os.Stdout.Write(answer.Body.Bytes())
}
