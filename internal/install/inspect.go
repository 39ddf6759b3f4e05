package install

import (
	"bytes"
	"encoding/json"
)

// Server is an entry of a configuration file, whosever it is.
type Server struct {
	Name    string
	Command string // empty for a server that is not started but called
	Args    []string
	Env     []string // the names of the variables that the entry sets or hands on; their values may be secret
	Off     bool     // the client is told not to start it
}

// Ours reports that the entry starts this program, which lies at self, or one
// of its usual name.
func (s Server) Ours(self string) bool {
	return s.Command != "" && s.Command == self || isOurs(s.Command)
}

// View is what a configuration file says of the servers that it starts.
type View struct {
	Place   Place
	Real    string // the file itself, where Place.File leads to it by links
	Exists  bool
	Servers []Server // in the order of the file
	Problem error    // why nothing is known; nil if it could be read

	// Unread says why the client cannot read the file although this program
	// can; empty if it can.
	Unread string
}

// Look reads all files of a client and changes nothing.
func Look(c Client) []View {
	views := make([]View, 0, len(c.Places))
	for _, p := range c.Places {
		views = append(views, c.look(p))
	}
	return views
}

func (c Client) look(p Place) View {
	found, err := readDisk(p.File)
	v := View{Place: p, Real: found.real, Exists: found.info != nil, Problem: err}
	if err != nil {
		return v
	}
	v.Unread = c.unread(found.text)
	v.Servers, err = c.language().list(found.text)
	if err != nil {
		v.Problem = atFile(found.real, err)
	}
	return v
}

// unread says why the client cannot read a text that this program can.
func (c Client) unread(text []byte) string {
	bare := bytes.TrimPrefix(text, []byte(bom))
	switch {
	case c.Format != JSON || isBlank(bare):
		return ""
	case !c.Mark && len(bare) < len(text):
		return c.Title + " does not read a file that begins with a byte order mark: save it as UTF-8 without one"
	case !c.Remarks && !json.Valid(bare):
		return c.Title + " takes plain JSON only: take the comments, and commas with nothing behind them, out of the file"
	default:
		return ""
	}
}
