package main

// baseline is the name of what figures are held against, in the same run.
const baseline = "baseline"

// The limits.
const (
	mostMB           = 25
	mostStart        = 1.5
	mostMiB          = 22
	mostP50          = 1.4
	mostP99          = 1.6
	mostInstructions = 350
)
