package fisklapi

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// clientOnly has a contact looked up among clients alone, for callers that know
// which it is.
func clientOnly(ref string) string {
	if ref == "" {
		return ""
	}
	return clientsFirst + ref
}

// What somebody writes before a name that a client and a vendor share.
const (
	clientsFirst = "client:"
	vendorsFirst = "vendor:"
)

// party is the one client or vendor that a ledger is limited to; none when its
// id is empty.
type party struct {
	parameter string
	id        schemas.ID
	name      string
	listed    string // as refusals name it
	whole     bool   // it was called by its id or its whole name
}

// contact finds the client or the vendor that is meant. A name or an id that is
// both a client's and a vendor's is [Ambiguous]: their lines are asked for by
// different parameters (inferred), and one of the two would go missing.
func (s Reports) contact(ctx context.Context, ref string) (party, error) {
	ref = strings.TrimSpace(ref)
	if rest, ok := strings.CutPrefix(ref, clientsFirst); ok {
		return partyOf(ctx, s.c, s.c.Clients.finder(), "clientId", rest)
	}
	if rest, ok := strings.CutPrefix(ref, vendorsFirst); ok {
		return partyOf(ctx, s.c, s.c.Vendors.finder(), "vendorId", rest)
	}
	var client, vendor party
	var noClient, noVendor error
	err := s.c.Together(ctx,
		func(ctx context.Context) error {
			client, noClient = partyOf(ctx, s.c, s.c.Clients.finder(), "clientId", ref)
			return nil
		},
		func(ctx context.Context) error {
			vendor, noVendor = partyOf(ctx, s.c, s.c.Vendors.finder(), "vendorId", ref)
			return nil
		},
	)
	switch {
	case err != nil:
		return party{}, err
	case noClient == nil && noVendor == nil:
		return s.either(client, vendor, ref)
	case noVendor != nil && noClient != nil:
		return party{}, neither(noClient, noVendor)
	case noVendor != nil:
		return client, unlessWhole(client, noVendor)
	default:
		return vendor, unlessWhole(vendor, noClient)
	}
}

func partyOf[W any](ctx context.Context, c *Client, f finder[W], parameter, ref string) (party, error) {
	w, err := f.find(ctx, c, ref)
	if err != nil {
		return party{}, err
	}
	id, name := f.id(w), strings.TrimSpace(f.name(w))
	ref = strings.TrimSpace(ref)
	return party{
		parameter: parameter, id: id, name: name, listed: f.noun + " " + f.listed([]W{w}),
		whole: string(id) == ref || strings.EqualFold(name, ref),
	}, nil
}

// either chooses between a client and a vendor: the one that was called by its
// whole name, where the other was not.
func (s Reports) either(client, vendor party, ref string) (party, error) {
	switch {
	case client.whole && !vendor.whole:
		return client, nil
	case vendor.whole && !client.whole:
		return vendor, nil
	default:
		return party{}, &Error{Kind: Ambiguous, Endpoint: s.c.endpoints[OpListClients], Message: fmt.Sprintf(
			"%s is %s and %s; write %s%s or %s%s", schemas.Quoted(ref, 60), client.listed, vendor.listed,
			clientsFirst, client.id, vendorsFirst, vendor.id,
		)}
	}
}

// neither is the refusal where no client and no vendor was found: what went
// wrong goes before what is not there.
func neither(noClient, noVendor error) error {
	var a, b *Error
	if !errors.Is(noClient, NotFound) || !errors.Is(noVendor, NotFound) || !errors.As(noClient, &a) || !errors.As(noVendor, &b) {
		if errors.Is(noClient, NotFound) {
			return noVendor
		}
		return noClient
	}
	both := *a
	both.Message = a.Message + "; " + b.Message
	return &both
}

// unlessWhole is what stands in the way of a contact that was found on one side
// alone: nothing where the other side has none of that name or may not be read.
func unlessWhole(found party, other error) error {
	if errors.Is(other, NotFound) || errors.Is(other, Forbidden) || found.whole && errors.Is(other, Ambiguous) {
		return nil
	}
	return other
}
