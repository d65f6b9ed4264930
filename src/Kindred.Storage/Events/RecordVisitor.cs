namespace Kindred.Storage.Events;

/// <summary>Receives records in the order of their positions, one at a time.</summary>
public delegate void RecordVisitor(long position, StreamedRecord record);
