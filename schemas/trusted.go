package schemas

// Ours methods name, by their JSON names, the texts of an answer that this
// server or Fiskl words itself. Every other text may be somebody's, and the
// text form of an answer puts it in quotes when it could be taken for more
// than it is.

// Ours names what is said about the figures.
func (Comparison) Ours() []string { return []string{"next", "origin"} }

// Ours names the total: its name is Fiskl's.
func (TotalChange) Ours() []string { return []string{"total"} }

// Ours names what is said about the figures.
func (Trace) Ours() []string { return []string{"origin", "report_note"} }

// Ours names the formula, which is Fiskl's.
func (Ratio) Ours() []string { return []string{"formula"} }

// Ours names the token of a preview.
func (Invoice) Ours() []string { return []string{"preview_token"} }

// Ours names all there is.
func (Unconfirmed) Ours() []string { return []string{"not_done", "confirm_token", "expires"} }

// Ours names how the server runs, what it refuses, and what could not be found
// out.
func (Context) Ours() []string { return []string{"mode", "limits", "notes"} }

// Ours names all there is.
func (HiddenTools) Ours() []string { return []string{"reason", "tools"} }

// Ours names the tool, and what is said about the outcome.
func (AgentAction) Ours() []string { return []string{"tool", "outcome", "note"} }

// Ours names all that is not a name of somebody's.
func (Export) Ours() []string {
	return []string{"of", "missing", "columns", "format", "resource", "expires"}
}

// Ours names the total: its name is Fiskl's.
func (FileTotal) Ours() []string { return []string{"name"} }
