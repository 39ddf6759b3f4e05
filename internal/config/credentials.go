package config

import (
	"cmp"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/login"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// newStore is where login saves. It touches nothing.
func newStore(p Program, mode credential.Mode, keychain credential.System) *credential.Store {
	folder := ""
	if p.StateDir != "" {
		folder = filepath.Join(p.StateDir, "login")
	}
	return credential.New(credential.Options{Folder: folder, Mode: mode, System: keychain})
}

// applySavedCredentials gives what login saved to every company for which no key
// is set. Nothing is looked at until there is a call. Where callers bring their
// own keys, ours is lent to nobody.
func (c *Config) applySavedCredentials() {
	if c.StateDir == "" || c.Endpoint.Auth == AuthHeader {
		return
	}
	taken := make(map[string]string)
	for _, one := range c.Companies {
		if !one.Key.IsZero() {
			taken[one.Key.Digest()] = cmp.Or(one.Name, credential.DefaultName)
		}
	}
	for i := range c.Companies {
		one := &c.Companies[i]
		if one.Sandbox || one.KeySetting().Text != "" {
			continue
		}
		one.Saved = login.NewSource(login.Options{Store: c.Store, Slot: one.Slot(), None: one.KeyProblem, Taken: taken, Now: c.Now})
		one.KeyProblem = ""
	}
}

// KeySetting is the setting that says which key to use; without a text if none does.
func (c Company) KeySetting() Value {
	for _, name := range []string{"FISKL_API_KEY", "FISKL_API_KEY_FILE", keyVariable} {
		if v := c.set[name]; v.Text != "" {
			return v
		}
	}
	return Value{}
}

// Slot is where login saves the company's credential.
func (c Company) Slot() credential.Slot {
	return credential.Slot{BaseURL: c.Root(), Name: c.Name}
}

// CredentialProblem says why calls cannot be made, as far as it can be known without the
// keychain; empty if nothing is known to be wrong.
func (c Company) CredentialProblem() string {
	if c.KeyProblem != "" || c.Saved == nil {
		return c.KeyProblem
	}
	return c.Saved.Problem()
}

// CredentialID tells a credential from all others, and does not give it away.
func (c Company) CredentialID() string {
	if c.Saved == nil {
		return c.Key.Digest()
	}
	return "login-" + cmp.Or(c.Name, credential.DefaultName) + "-" + c.Saved.ID()
}

// OpenerID names what opens the books of a company that cannot be named. It is
// the same after somebody signed in anew, so that limits go on counting.
func (c Company) OpenerID() string {
	if c.Saved == nil {
		return "key-" + c.Key.Digest()
	}
	return "login-" + cmp.Or(c.Name, credential.DefaultName)
}

// SignIn is how a person signs in through the browser.
type SignIn struct {
	Addresses  login.Addresses // without the API's
	ClientID   string          // of the app, as it is registered with Fiskl
	SecretFile string          // with the app's secret; empty for none
	Scopes     []string        // to ask for; empty for all that the API names
	Port       int             // on this machine, that the browser comes back to
}

func (r *reading) signIn() SignIn {
	return SignIn{
		Addresses: login.Addresses{
			Issuer:       r.secretAddress("FISKL_OAUTH_ISSUER"),
			AuthorizeURL: r.secretAddress("FISKL_OAUTH_AUTHORIZE_URL"),
			TokenURL:     r.secretAddress("FISKL_OAUTH_TOKEN_URL"),
			RevokeURL:    r.secretAddress("FISKL_OAUTH_REVOKE_URL"),
		},
		ClientID:   r.set["FISKL_OAUTH_CLIENT_ID"].Text,
		SecretFile: r.path("FISKL_OAUTH_CLIENT_SECRET_FILE"),
		Scopes:     r.scopes("FISKL_OAUTH_SCOPES"),
		Port:       r.port("FISKL_OAUTH_REDIRECT_PORT"),
	}
}

// secretAddress reads an address that secrets are sent to.
func (r *reading) secretAddress(name string) string {
	text := r.set[name].Text
	if text == "" {
		return ""
	}
	err := login.CheckURL(text)
	switch {
	case err == nil || r.err != nil:
	case strings.Contains(text, "@"):
		r.err = r.set[name].refused("(not shown, because it may hold a password) " + err.Error())
	default:
		r.refuse(name, err.Error())
	}
	return text
}

// path reads the name of a file that is looked for again from elsewhere.
func (r *reading) path(name string) string {
	v := r.set[name]
	if v.Text == "" {
		return ""
	}
	if secret.IsKey(v.Text) {
		r.refuse(name, "is not the name of a file")
	}
	path, err := filepath.Abs(v.beside())
	if err != nil {
		r.refuse(name, "cannot be found from here")
	}
	return path
}

func (r *reading) scopes(name string) []string {
	return strings.FieldsFunc(r.set[name].Text, func(c rune) bool { return c == ',' || c == ' ' })
}

func (r *reading) port(name string) int {
	n, err := strconv.ParseUint(r.set[name].Text, 10, 16)
	if err != nil || n == 0 {
		r.refuse(name, "is not the number of a port")
	}
	return int(n)
}

func (r *reading) tokenStore(name string) credential.Mode {
	mode := credential.Mode(r.set[name].Text)
	switch mode {
	case credential.Auto, credential.Keychain, credential.File:
	default:
		r.refuse(name, "is none of auto, keychain, file")
	}
	return mode
}

// KeyConflict says why callers cannot bring keys of their own beside those that are
// set, as a sentence that names the settings; empty when they can.
func (c Config) KeyConflict() string {
	if c.Endpoint.Auth != AuthHeader {
		return ""
	}
	if len(c.Companies) > 1 {
		return "with FISKL_AUTH header every caller's key says which company it is, and the settings file has several. Choose static, or take them out"
	}
	for _, name := range []string{"FISKL_API_KEY", "FISKL_API_KEY_FILE", keyVariable} {
		if v := c.Companies[0].set[name]; v.Text != "" {
			return "with FISKL_AUTH header every caller brings a key, and " + v.Place() + " would be used by nobody. Take it out, or choose static"
		}
	}
	return ""
}

// KeyInEnvironment reports an API key that is in the environment or on the
// command line, where a client that starts the program may not have it.
func (c Company) KeyInEnvironment() bool {
	key := c.set["FISKL_API_KEY"]
	return key.Text != "" && key.File == "" || c.set[keyVariable].Text != ""
}
