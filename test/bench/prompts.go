package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

// promptsFile holds what a model does that follows the jobs of package prompts
// on the demo company: "$name" in an argument stands for what an earlier call
// captured under that name. Where a job leaves it open how often a call is made,
// it is for each late client and for the two or three accounts that changed
// most.
//
//go:embed prompts.json
var promptsFile []byte

// script is the calls of one job.
type script struct {
	Prompt string     `json:"prompt"`
	Calls  []toolCall `json:"calls"`
}

func scripts() ([]script, error) {
	var all []script
	if err := json.Unmarshal(promptsFile, &all); err != nil {
		return nil, fmt.Errorf("prompts.json: %w", err)
	}
	return all, nil
}
