package schemas

// ActionFilter selects what this server did.
type ActionFilter struct {
	PageArgs
}

// AgentAction is one write that this server made or tried.
type AgentAction struct {
	At       string `json:"at" jsonschema_description:"UTC timestamp of the attempt"`
	Tool     string `json:"tool" jsonschema_description:"What was called"`
	Record   string `json:"record,omitempty" jsonschema_description:"What it concerned"`
	RecordID ID     `json:"record_id,omitempty" jsonschema_description:"Its id"`
	Client   string `json:"client,omitempty" jsonschema_description:"Client name"`
	Amount   Money  `json:"amount,omitempty" jsonschema_description:"Amount paid, or total"`
	Currency string `json:"currency,omitempty" jsonschema_description:"ISO 4217 code"`
	Agreed   bool   `json:"agreed,omitempty" jsonschema_description:"A person's yes was had for it"`
	Outcome  string `json:"outcome" jsonschema_description:"done, already existed, not done, unknown or under way"`
	Note     string `json:"note,omitempty" jsonschema_description:"Why not, or what a look-up showed"`
}

// ActionList is the answer to list_agent_actions, newest first.
type ActionList struct {
	Page[AgentAction]

	Note string `json:"note,omitempty" jsonschema_description:"What is left out, and why"`
}

var (
	_ interface {
		Headed
		Monied
	} = ActionList{}
	_ Cuttable = (*ActionList)(nil)
)

// Heading names the answer.
func (ActionList) Heading() string { return "What this server did to the books" }
