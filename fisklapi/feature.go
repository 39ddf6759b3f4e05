package fisklapi

import (
	"context"
	"errors"

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
	see := &sight[wireFeature]{c: s.c, about: wireFeature.result, denies: func(_ posted, r record[wireFeature]) error {
		if title := string(r.wire.Title); title != "" && !sameScalar(title, in.Title) {
			return errors.New("the feature request it shows has another title")
		}
		return nil
	}}
	write := Write{Noun: "feature request", Name: schemas.Clean(in.Title, nameLength)}
	if _, err := s.c.write(ctx, write, request{
		op:   OpCreateFeatureRequest,
		body: fields{"title": in.Title, "description": in.Description},
	}, see); err != nil {
		return schemas.FeatureRequest{}, err
	}
	title := string(see.wire.Title)
	if title == "" {
		title = schemas.Clean(in.Title, schemas.MaxText)
	}
	return schemas.FeatureRequest{ID: see.wire.ID.key, Title: title, Status: string(see.wire.Status)}, nil
}

// result is what is kept of it.
func (w wireFeature) result() Result {
	return Result{ID: w.ID.key, Name: schemas.Clean(string(w.Title), nameLength)}
}
