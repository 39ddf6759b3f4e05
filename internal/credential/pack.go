package credential

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// packed is a credential with its secrets laid open. It exists only between
// here and the cipher, because a [secret.Secret] cannot be marshalled.
type packed struct {
	ID        string        `json:"id"`
	Kind      Kind          `json:"kind"`
	Saved     time.Time     `json:"saved"`
	CompanyID companyID     `json:"company_id,omitempty"`
	Company   string        `json:"company,omitempty"`
	Key       string        `json:"key,omitempty"`
	Grant     *packedTokens `json:"grant,omitempty"`
}

type packedTokens struct {
	Access     string    `json:"access"`
	Refresh    string    `json:"refresh,omitempty"`
	Obtained   time.Time `json:"obtained"`
	Expiry     time.Time `json:"expiry,omitzero"`
	Scopes     []string  `json:"scopes,omitempty"`
	Issuer     string    `json:"issuer,omitempty"`
	TokenURL   string    `json:"token_url"`
	RevokeURL  string    `json:"revoke_url,omitempty"`
	ClientID   string    `json:"client_id"`
	SecretFile string    `json:"secret_file,omitempty"`
	Basic      bool      `json:"basic,omitempty"`
	Asked      time.Time `json:"asked,omitzero"`
	Doubted    bool      `json:"doubted,omitempty"`
	Over       bool      `json:"over,omitempty"`
}

// companyID is a company's id in a file. One that is a number is written as one:
// so it stands in the files of earlier versions, whose headers are authenticated
// byte by byte.
type companyID schemas.ID

func (i companyID) MarshalJSON() ([]byte, error) { return json.Marshal(schemas.ID(i).Number()) }

func (i *companyID) UnmarshalJSON(b []byte) error { return (*schemas.ID)(i).UnmarshalJSON(b) }

func pack(c Credential) ([]byte, error) {
	p := packed{ID: c.ID, Kind: c.Kind, Saved: c.Saved, CompanyID: companyID(c.Company.ID), Company: c.Company.Name, Key: c.Key.Reveal()}
	if c.Kind == OAuth {
		g := c.Grant
		p.Grant = &packedTokens{
			Access: g.Access.Reveal(), Refresh: g.Refresh.Reveal(), Obtained: g.Obtained, Expiry: g.Expiry, Scopes: g.Scopes,
			Issuer: g.Server.Issuer, TokenURL: g.Server.TokenURL, RevokeURL: g.Server.RevokeURL,
			ClientID: g.Server.ClientID, SecretFile: g.Server.SecretFile, Basic: g.Server.Basic,
			Asked: g.Asked, Doubted: g.Doubted, Over: g.Over,
		}
	}
	return json.Marshal(p)
}

// errUnpackable is why a text that was decrypted is no credential.
var errUnpackable = errors.New("not a credential of this version")

func unpack(b []byte) (Credential, error) {
	var p packed
	if err := json.Unmarshal(b, &p); err != nil {
		return Credential{}, errUnpackable // its own words could quote a secret
	}
	c := Credential{
		ID: p.ID, Kind: p.Kind, Saved: p.Saved,
		Company: Company{schemas.ID(p.CompanyID), p.Company}, Key: secret.New(p.Key),
	}
	if g := p.Grant; g != nil {
		c.Grant = Grant{
			Access: secret.New(g.Access), Refresh: secret.New(g.Refresh), Obtained: g.Obtained, Expiry: g.Expiry, Scopes: g.Scopes,
			Server: Server{g.Issuer, g.TokenURL, g.RevokeURL, g.ClientID, g.SecretFile, g.Basic},
			Asked:  g.Asked, Doubted: g.Doubted, Over: g.Over,
		}
	}
	if c.Bearer().IsZero() || c.Kind != APIKey && c.Kind != OAuth {
		return Credential{}, errUnpackable
	}
	return c, nil
}
