// Package mcpserver is the server on the Model Context Protocol: tools, resources,
// prompts, suggestions and questions to the person, for one client over standard
// input and output or for many callers over HTTP. It takes companies as they are
// handed to it, and knows neither settings nor how they are opened.
package mcpserver
