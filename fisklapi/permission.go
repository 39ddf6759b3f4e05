package fisklapi

import (
	"context"
	"encoding/json"
	"slices"
)

// Permissions reads what the credential may do.
type Permissions struct{ c *Client }

// List returns the permission keys that the credential holds, such as
// "invoice.read" (documented), sorted. An answer in which there is none that
// this version knows is an [Unexpected] error: it was not understood, and what
// the credential may do is not known.
//
//	GET /v1/me/permissions
func (s Permissions) List(ctx context.Context) ([]string, error) {
	a, err := s.c.send(ctx, request{op: OpGetPermissions})
	if err != nil {
		return nil, err
	}
	known := permissionsOf(s.c.Endpoints())
	var v any
	if json.Unmarshal(a.body, &v) != nil {
		return nil, unreadPermissions(a, "it is not JSON")
	}
	held := known.read(v, 0)
	if !slices.ContainsFunc(held, known.has) {
		return nil, unreadPermissions(a, "it names no permission that this version knows")
	}
	slices.Sort(held)
	if slices.Contains(held, s.c.endpoints[OpGetRecordHistory].Permission) {
		s.c.paging.learn(OpGetRecordHistory, allowed, true)
	}
	return slices.Compact(held), nil
}

func unreadPermissions(a answer, problem string) error {
	return &Error{Kind: Unexpected, Endpoint: a.endpoint, Status: a.status, RequestID: a.requestID, Ours: true, Message: problem}
}
