package books

import (
	"strings"
	"time"
)

// FeatureRequest is a wish somebody filed through the API.
type FeatureRequest struct {
	ID          int64     `json:"id"`
	Title       string    `json:"title"`
	Description string    `json:"description,omitempty"`
	Status      string    `json:"status"`
	Created     time.Time `json:"created"`
}

// FeatureInput is a wish as a caller puts it.
type FeatureInput struct {
	Title       string `json:"title"`
	Description string `json:"description"`
}

// RequestFeature files a wish.
func (b *Books) RequestFeature(in FeatureInput) (FeatureRequest, error) {
	if strings.TrimSpace(in.Title) == "" {
		return FeatureRequest{}, refuse("title: must not be blank")
	}
	f := FeatureRequest{
		ID: b.ids.next(kindFeature), Title: in.Title, Description: in.Description, Status: "Received", Created: b.now(),
	}
	b.features = append(b.features, f)
	return f, nil
}
