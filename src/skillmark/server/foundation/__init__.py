"""The lowest floor: identifiers, clock, audit."""
