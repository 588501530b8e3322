// Package client has a client of the API generated from the document that the API serves, and uses it.
package client

//go:generate sh -c "mkdir -p desk && go run ./document > desk/openapi.json"
//go:generate go tool oapi-codegen -config config.yaml desk/openapi.json
