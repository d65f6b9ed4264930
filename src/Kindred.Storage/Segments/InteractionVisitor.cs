namespace Kindred.Storage.Segments;

/// <summary>Receives interactions in the order of the segments.</summary>
public delegate void InteractionVisitor(InteractionBatch batch);
