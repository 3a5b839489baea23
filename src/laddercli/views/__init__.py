"""From ladder things to pages of blocks: what stands where, in which words. How it looks is a writer's affair."""
