package starter

import (
	"bytes"
	_ "embed"
	"sync"

	"github.com/helpdesk-go/helpdesk/classify/learned"
)

//go:generate go run ./train

//go:embed starter.model
var file []byte

// Model returns the model, which is read once.
var Model = sync.OnceValue(func() *learned.Model {
	m, err := learned.Read(bytes.NewReader(file))
	if err != nil {
		panic("starter: " + err.Error()) // a test reads it
	}
	return m
})
