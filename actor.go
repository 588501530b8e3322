package helpdesk

// Role says what rights an Actor has in the tenant.
type Role string

// The roles. The zero Role is the program itself, desk and host, and has every right.
const (
	RoleSystem   Role = ""
	RoleCustomer Role = "customer" // sees own tickets, without notes; may write, reopen and rate
	RoleAgent    Role = "agent"    // works on the tickets of the tenant, or of own teams: see [Agent.Restricted]
	RoleLead     Role = "lead"     // an agent who also leads the members of own teams: see docs/roles.md
	RoleAdmin    Role = "admin"    // also changes settings; need not be in the roster
)

// Actor is the person or program that acts, as named by the host. The zero Actor is the host.
type Actor struct {
	Role Role
	ID   string // an AgentID for agents, leads and admins, the mail address for customers
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
