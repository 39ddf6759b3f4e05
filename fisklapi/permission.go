package fisklapi

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
)

// Permissions reads what the credential may do.
type Permissions struct{ c *Client }

// List returns the permission keys that the credential holds, such as
// "invoice.read" (documented), sorted.
//
//	GET /v1/me/permissions
func (s Permissions) List(ctx context.Context) ([]string, error) {
	held, err := do[permissionSet](ctx, s.c, request{op: OpGetPermissions})
	if err != nil {
		return nil, err
	}
	slices.Sort(held)
	return slices.Compact(held), nil
}

// permissionSet is a list of permission keys. How Fiskl writes it is not
// documented: a bare array, an object that holds one, or an array of objects
// are all read.
type permissionSet []string

func (p *permissionSet) UnmarshalJSON(b []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte("{")) {
		var wrapper struct {
			Permissions json.RawMessage `json:"permissions"`
		}
		if err := json.Unmarshal(b, &wrapper); err != nil {
			return err
		}
		b = wrapper.Permissions
	}
	if json.Unmarshal(b, (*[]string)(p)) == nil {
		return nil
	}
	var objects []struct {
		Key        string `json:"key"`
		Name       string `json:"name"`
		Permission string `json:"permission"`
	}
	if err := json.Unmarshal(b, &objects); err != nil {
		return err
	}
	for _, o := range objects {
		*p = append(*p, o.Permission+o.Key+o.Name)
	}
	return nil
}
