namespace Kindred.Storage.Segments.Parquet;

// Numbers of the Parquet format (parquet.thrift), as far as segments are made of them.

internal enum PhysicalType
{
    Int64 = 2,
    Float = 4,
    ByteArray = 6,
}

internal enum PageEncoding
{
    Plain = 0,
    Rle = 3,
    RleDictionary = 8,
}

internal enum PageType
{
    Data = 0,
    Dictionary = 2,
}
