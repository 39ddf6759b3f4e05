package schemas

// Permission is one thing that a credential may do or not do.
type Permission struct {
	Permission string `json:"permission" jsonschema_description:"As an API key has it"`
	Scope      string `json:"scope" jsonschema_description:"As an OAuth app has it"`
}

// Permissions are what a credential may do, as far as the API offers it.
type Permissions struct {
	Page[Permission]
	Lacking []Permission `json:"lacking" jsonschema_description:"What it may not do"`
	Other   int          `json:"other_permissions,omitempty" jsonschema_description:"Number of further permissions, for things that are only in the Fiskl app"`
}

// Heading names the answer.
func (Permissions) Heading() string { return "Permissions" }
