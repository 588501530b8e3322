package ses

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/helpdesk-go/helpdesk/internal/inbound"
)

// message is a post of SNS.
type message struct {
	Type             string
	MessageID        string `json:"MessageId"`
	TopicArn         string
	Subject          *string
	Message          string
	Timestamp        string
	SignatureVersion string
	Signature        string
	SigningCertURL   string
	SubscribeURL     string
	Token            string
}

func parseMessage(body []byte) (*message, error) {
	var n message
	if err := json.Unmarshal(body, &n); err != nil {
		return nil, inbound.Refuse(http.StatusBadRequest, "post is not the JSON of SNS: "+err.Error())
	}
	switch n.Type {
	case "Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation":
		return &n, nil
	}
	return nil, inbound.Refuse(http.StatusBadRequest, "post is of no type that SNS has")
}

// canonical is the text that is signed: names and values in alphabetical order, a line each.
func (n *message) canonical() string {
	fields := []string{"Message", n.Message, "MessageId", n.MessageID}
	if n.Type == "Notification" {
		if n.Subject != nil {
			fields = append(fields, "Subject", *n.Subject)
		}
		fields = append(fields, "Timestamp", n.Timestamp)
	} else {
		fields = append(fields, "SubscribeURL", n.SubscribeURL, "Timestamp", n.Timestamp, "Token", n.Token)
	}
	fields = append(fields, "TopicArn", n.TopicArn, "Type", n.Type)
	return strings.Join(fields, "\n") + "\n"
}
