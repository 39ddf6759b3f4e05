package prompts

import "slices"

// Guide is the job for whoever has no caller yet, such as a client that loads
// skills: with a place for all that a person may say. The rules that hold for
// every job are not in it.
func (p Prompt) Guide() string {
	w := &page{}
	w.line(p.goal)
	read := make(values)
	var takes []string
	for _, a := range p.Arguments {
		read[a.Name] = a.initial
		if a.initial == "" {
			read[a.Name] = "<" + a.Name + ">"
		}
		about := a.Name + ": " + a.Description
		if a.Required {
			about += "; ask for it if it was not said"
		}
		takes = append(takes, about)
	}
	w.list("The person may say:", takes)
	steps := slices.Clone(p.steps)
	for i, s := range steps {
		if s.idle != "" {
			steps[i].text += " Not when " + s.idle + " is given."
		}
	}
	w.calls(steps, read, Setting{}.lacks(""))
	w.rest(p)
	return w.text.String()
}
