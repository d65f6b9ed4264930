using System.Globalization;
using System.Text;
using QRCoder;

namespace Kindred.Portal.Components.Account;

/// <summary>A QR code as one path of an SVG: no picture has to be fetched, and no script drawn with.</summary>
/// <param name="Size">Modules to a side, the quiet zone included.</param>
/// <param name="Path">The dark modules, each 1 by 1.</param>
internal sealed record QrCode(int Size, string Path)
{
    public static QrCode Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
            for (var x = 0; x < rows.Count; x++)
                if (rows[y][x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return new QrCode(rows.Count, path.ToString());
    }
}
