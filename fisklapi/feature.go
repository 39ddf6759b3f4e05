package fisklapi

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Features tells Fiskl what is missing.
type Features struct{ c *Client }

type wireFeature struct {
	ID     id   `json:"id"`
	Title  text `json:"title"`
	Status text `json:"status"`
}

// Request files a feature request with Fiskl. Any credential may (documented).
//
//	POST /v1/feature-requests
func (s Features) Request(ctx context.Context, in schemas.NewFeatureRequest) (schemas.FeatureRequest, error) {
	write := Write{Noun: "feature request", Name: schemas.Clean(in.Title, nameLength)}
	w, err := written[wireFeature](ctx, s.c, write, request{
		op:   OpCreateFeatureRequest,
		body: fields{"title": in.Title, "description": in.Description},
	})
	if err != nil {
		return schemas.FeatureRequest{}, err
	}
	title := string(w.Title)
	if title == "" {
		title = schemas.Clean(in.Title, schemas.MaxText)
	}
	return schemas.FeatureRequest{ID: w.ID.key, Title: title, Status: string(w.Status)}, nil
}
