package fisklapi

// Translated is how many answers were not in the canonical form.
func (c *Client) Translated() int64 { return c.slowly.Load() }
