package helpdesk

func replyAllowed(response string, own ...string) bool { return true }
