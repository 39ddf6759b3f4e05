package fisklapi

import (
	"context"
	"errors"
	"fmt"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// recipients are whom an invoice would be e-mailed to. Copies go where the
// client's record says (documented), which is read anew each time.
type recipients struct {
	email   string
	cc, bcc []string
	unseen  bool // the client's record could not be read
}

func (s Invoices) recipients(ctx context.Context, w wireInvoice) (recipients, error) {
	to := recipients{email: string(w.ClientEmail), unseen: true}
	if w.ClientID.key == "" {
		return to, nil
	}
	client, err := fetch[wireClient](ctx, s.c, OpGetClient, w.ClientID.key)
	switch {
	case OutOfReach(err), errors.Is(err, NotFound):
		return to, nil // not for this credential to see
	case err != nil:
		return recipients{}, err
	case to.email == "" && client.wire.Email == "":
		return recipients{}, &Error{Kind: Conflict, Endpoint: s.c.endpoints[OpSendInvoice], Message: fmt.Sprintf(
			"client %s (id %s) has no e-mail address to send invoice %s to. update_client adds one", schemas.Quoted(string(client.wire.Name), 60), w.ClientID.key, schemas.Name(string(w.Number)),
		)}
	case to.email == "":
		to.email = string(client.wire.Email)
	}
	to.cc, to.bcc, to.unseen = client.wire.CC.strings(), client.wire.BCC.strings(), false
	return to, nil
}
