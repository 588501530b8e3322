// Package layer holds the rules of who may import whom. It has no code of its own:
// its test reads the tree.
package layer
