package schemas

// Written is what came of a change beside what the record's fields show.
type Written struct {
	Cleared   []string `json:"cleared,omitempty" jsonschema_description:"Fields emptied, as asked"`
	Unchanged []string `json:"unchanged,omitempty" jsonschema_description:"Fields given as they stood, so left as stored"`
	Warnings  Warnings `json:"warnings,omitempty" jsonschema_description:"What to check with the person"`
}

// Ours names all there is.
func (Written) Ours() []string { return []string{"cleared", "unchanged", "warnings"} }

// Clearing names what a change empties. An empty value never does.
type Clearing struct {
	Clear []string `json:"clear,omitempty" jsonschema_description:"Fields to empty"`
}
