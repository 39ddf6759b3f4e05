package credential

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
)

// Slot is whose credential it is: a company, by the name that the settings
// file gives it, of one API. No other host ever gets it.
type Slot struct {
	BaseURL string // root of the API
	Name    string // empty for the only company of a program
}

// DefaultName is what the only company of a program is called.
const DefaultName = "default"

func (s Slot) name() string { return cmp.Or(s.Name, DefaultName) }

// file is a name that two slots never share.
func (s Slot) file() string {
	return s.name() + "-" + digest.Of(s.root())[:12]
}

// root is the base URL in one spelling.
func (s Slot) root() string {
	text := strings.TrimSuffix(strings.TrimSuffix(s.BaseURL, "/"), "/v1")
	u, err := url.Parse(text)
	if err != nil {
		return text
	}
	u.Host = strings.ToLower(u.Host)
	return u.String()
}

// Command is what the person runs to sign in, in the way that they did before
// if that is known.
func (s Slot) Command(before Kind) string {
	command := "fiskl-mcp login"
	if before == OAuth {
		command += " --oauth"
	}
	if s.Name != "" {
		command += " --profile " + s.Name
	}
	return command
}
