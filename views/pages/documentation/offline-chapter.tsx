import { paths } from '../../paths.ts'

/** What the guide says of license files, computers without internet, and releases. */
export const OfflineChapter = ({ activates }: { activates: boolean }) => (
  <section id="offline">
    <h2>Without internet, and with a file</h2>
    <p>
      Older releases of a product ask for a file in place of the activation key: “Download” on the page of a license
      gives the license file, and “View” in the Support column the support file. Both end in .lic; open them in the
      product.
    </p>
    <p>
      A computer without internet shows a request when you activate it, as text or as a QR code that opens{' '}
      {activates ? <a href={paths.newLicenseFile}>this page</a> : 'the portal'}. Confirm it here, and carry the license
      file back: as a file, as text or as a QR code. It says until when it is good; before then the software asks for
      the next one, and without it runs on for some days with a warning. Such a computer counts like any other.
    </p>
    <p>
      “Release” beside a computer on the page of a license frees the license for another one. How often that can be done
      in a year is shown before it is done; beyond it, the same page asks the seller. Lost the computer and cannot sign
      in? <a href={paths.lostComputer}>Have a link mailed</a> to the owner of the license.
    </p>
  </section>
)
