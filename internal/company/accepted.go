package company

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// Accepted asks whether Fiskl takes a credential, and what it may do; held is
// nil where Fiskl takes it and does not tell. It fails as the client does: with
// fisklapi.Unauthorized where Fiskl does not take it. A path that is not there may be
// answered without a look at the credential, so the date periods are asked for
// then: every credential may read them (documented).
func Accepted(ctx context.Context, api *fisklapi.Client) (held []string, err error) {
	held, err = api.Permissions.List(ctx)
	if !fisklapi.Untold(err) {
		return held, err
	}
	_, err = api.Raw(ctx, fisklapi.OpListDatePeriods, nil, nil)
	if fisklapi.Untold(err) {
		err = nil
	}
	return nil, err
}
