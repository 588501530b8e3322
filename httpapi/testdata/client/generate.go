// Package client uses a client that is generated from the document of the API.
package client

//go:generate sh -c "mkdir -p desk && go run ./document > desk/openapi.json"
//go:generate go tool oapi-codegen -config config.yaml desk/openapi.json
