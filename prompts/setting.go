package prompts

// Setting is where a job is done.
type Setting struct {
	// Companies are those among which a call has to choose. With fewer than two
	// there is nothing to choose.
	Companies []string

	// Lacks gives what says, for the company that was chosen, why a tool is not
	// offered to the caller: nil when it is. A nil function offers all.
	Lacks func(company string) func(tool string) *Lack
}

// Lack is why a tool is not offered.
type Lack struct {
	Reason string // a clause: "this server was started read-only"
	Remedy string // a sentence
}

// lacks is what says of each tool of the chosen company why it is not offered.
func (s Setting) lacks(company string) func(tool string) *Lack {
	if s.Lacks != nil {
		if lacks := s.Lacks(company); lacks != nil {
			return lacks
		}
	}
	return func(string) *Lack { return nil }
}
