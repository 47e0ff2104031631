"""The Word edition: blocks written as pandoc's tree, which pandoc turns into a document for office programs."""
