"""An example of a catalogue folder: a made-up homecare contract, with notes. `xlkpi catalogue example` copies it."""
