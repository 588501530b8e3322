package helpdesk

// Role says what rights an Actor has in the tenant.
type Role string

// The roles. The zero Role is the program itself, desk and host, and has every right.
const (
	RoleSystem   Role = ""
	RoleCustomer Role = "customer" // sees own tickets, without notes; may write, reopen and rate
	RoleAgent    Role = "agent"    // works on every ticket of the tenant
	RoleAdmin    Role = "admin"    // also changes settings; need not be in the roster
)

// Actor is the person or program that acts, as named by the host. The zero Actor is the host.
type Actor struct {
	Role Role
	ID   string // an AgentID for agents and admins, the mail address for customers
	Name string // shown to people; may be empty
}

// String returns the name, or the id, or "the desk".
func (a Actor) String() string {
	switch {
	case a.Name != "":
		return a.Name
	case a.ID != "":
		return a.ID
	}
	return "the desk"
}
